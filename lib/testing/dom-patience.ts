import { configure } from "@testing-library/dom";

/** Setup file of the tests of components, as `patience.ts` for the others. */
configure({ asyncUtilTimeout: 60_000 });
