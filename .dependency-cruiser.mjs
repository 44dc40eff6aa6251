const test = "[.](test|spec|contract)[.]tsx?$|/(testing|golden)/";
const server = "^lib/(admin|auth|db|gateway|http|intake|notify|providers|reports|services|signer|worker)/";
const product = "^(app|components|lib|prisma/seed)/";
const everywhere = "(core/|contracts/|env/|log[.]ts$)";

/** Each rule with the sentence a reader meets in a red build. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

export default {
  forbidden: [
    forbid(
      "core-is-pure",
      "The core knows itself. No framework, no I/O, no Node: hashing and signing come in as ports.",
      { path: "^lib/core/", pathNot: test },
      { pathNot: "^lib/core/" },
    ),
    forbid(
      "contracts-are-shared",
      "What crosses the wire must load in a browser.",
      { path: "^lib/contracts/", pathNot: test },
      { pathNot: ["^lib/(contracts|core)/", "^node_modules/(zod|nuqs)/"] },
    ),
    forbid(
      "prisma-stops-at-db",
      "Only lib/db and prisma/ speak Prisma and pg.",
      { path: product, pathNot: ["^lib/db/", "^prisma/", test] },
      { path: ["^node_modules/([.]prisma|@prisma|prisma|pg)/", "^lib/db/generated/"] },
    ),
    forbid(
      "db-looks-down",
      "A query knows the core, never the verb that calls it.",
      { path: "^lib/db/", pathNot: test },
      { path: product, pathNot: `^lib/(db/|${everywhere})` },
    ),
    forbid(
      "services-look-down",
      "A verb knows core, contracts and db, never its callers.",
      { path: "^lib/services/", pathNot: test },
      { path: product, pathNot: `^lib/(services/|db/|${everywhere})` },
    ),
    forbid(
      "doors-are-siblings",
      "admin, gateway, intake, notify and reports share through services or core, not with each other.",
      // The process puts its doors together.
      {
        path: "^lib/(admin|gateway|intake|notify|reports)/",
        pathNot: [test, "^lib/(admin|gateway)/main[.]ts$"],
      },
      { path: product, pathNot: `^lib/($1/|http/|services/|${everywhere})` },
    ),
    forbid(
      "what-runs-alone-is-siblings",
      "worker, signer and providers share through services or core, not with each other.",
      {
        path: "^lib/(worker|signer|providers)/",
        // The worker builds what the reports door hands out, and sends what notify knows how to send.
        pathNot: [
          test,
          "^lib/worker/(main|fsck|pack|build-reports|alert-jobs)[.]ts$",
          "^lib/signer/(main|admin)[.]ts$",
        ],
      },
      { path: product, pathNot: `^lib/($1/|http/|services/|${everywhere})` },
    ),
    forbid(
      "http-is-shared",
      "HTTP helpers know the wire, not who uses them.",
      { path: "^lib/http/", pathNot: test },
      { path: product, pathNot: `^lib/(http/|services/refusal[.]ts$|${everywhere})` },
    ),
    forbid(
      "recorder-stands-alone",
      "The recorder runs in a customer's program, as one file: the core and Node, nothing to install.",
      // The one file that makes it.
      { path: "^lib/recorder/", pathNot: [test, "^lib/recorder/build-recorder[.]ts$"] },
      { path: ["^node_modules/", product], pathNot: ["^lib/(recorder|core)/", "^node_modules/@types/node/"] },
    ),
    forbid(
      "only-services-open-the-database",
      "Ask a verb; it checks who you are.",
      // The last act of a process is to close what its verbs opened.
      {
        path: product,
        pathNot: [
          "^lib/(db|services)/",
          test,
          "^lib/testing/",
          "^lib/(admin|gateway|worker|signer)/main[.]ts$",
          "^lib/(signer/admin|worker/(fsck|pack))[.]ts$",
          "^prisma/seed/",
        ],
      },
      { path: "^lib/db/" },
    ),
    forbid(
      "next-stays-in-app",
      "lib runs without Next; lib/auth is the one bridge.",
      { path: "^lib/", pathNot: ["^lib/auth/", test] },
      { path: "^node_modules/next(-auth)?/" },
    ),
    forbid(
      "browser-code-stays-in-browser",
      "Components, *.client.tsx and lib/client never import server code, not even a type.",
      { path: ["^components/", "[.]client[.]tsx$", "^lib/client/"] },
      { path: [server, "^lib/(env/|log[.]ts$)"] },
    ),
    forbid(
      "no-aliases",
      "Relative imports only: Node runs the same files that Next builds.",
      {},
      { dependencyTypes: ["aliased"] },
    ),
    forbid(
      "no-cycles",
      "Two files that need each other are one file, or need a third.",
      {},
      { circular: true },
    ),
    forbid(
      "product-never-imports-tests",
      "Helpers for tests live in lib/testing; the product knows neither.",
      { path: product, pathNot: [test] },
      { path: [test, "^e2e/", "^scripts/"] },
    ),
    forbid(
      "imports-resolve",
      "An import that does not resolve hides every rule above.",
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/db/generated/(?!client[.]ts$)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
