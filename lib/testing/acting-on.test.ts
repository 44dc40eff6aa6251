import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { actingOn } from "./acting-on.ts";

const asked = (): string | undefined => process.env.DATABASE_URL;

it("is heard by who acts and by what that starts, and not by who acts beside it", async () => {
  vi.stubEnv("DATABASE_URL", "outside");
  let later: Promise<string | undefined> | undefined;
  const one = actingOn("one", async () => {
    later = sleep(20).then(asked);
    await sleep(0);
    const inside = await actingOn("inner", async () => asked());
    return [asked(), inside, { ...process.env }.DATABASE_URL];
  });
  const other = actingOn("other", async () => {
    await sleep(0);
    return asked();
  });
  expect(asked()).toBe("outside");
  expect(await one).toEqual(["one", "inner", "one"]);
  expect(await other).toBe("other");
  expect(await later).toBe("one");
  expect(asked()).toBe("outside");
});

it("leaves every other variable as it is, to read and to write", async () => {
  await actingOn("one", async () => {
    process.env.DOMICILE_TRIED = "written";
    expect(process.env.DOMICILE_TRIED).toBe("written");
    delete process.env.DOMICILE_TRIED;
    expect("DOMICILE_TRIED" in process.env).toBe(false);
    expect("DATABASE_URL" in process.env).toBe(true);
    expect(Object.keys(process.env)).toContain("PATH");
  });
});
