import { describe, expect, it } from "vitest";
import { createOpenNumbers } from "./open-numbers.ts";

const boot = "b1";
const at = (n: number, tenantId = "t1", bootId = boot) => ({ bootId, tenantId, n });

function started() {
  const numbers = createOpenNumbers();
  numbers.startBoot(boot);
  return numbers;
}

describe("the numbers of a boot", () => {
  it("are open from when the store holds them until their call is recorded", () => {
    const numbers = started();
    expect(numbers.unsaid()).toEqual([]);
    numbers.durable([at(1), at(2), at(3), at(1, "t2")]);
    numbers.recorded(at(2));
    expect(numbers.unsaid()).toMatchObject([
      {
        tenantId: "t1",
        body: {
          boot,
          issuedTo: 3,
          open: {
            ranges: [
              [1, 1],
              [3, 3],
            ],
            count: 2,
          },
        },
      },
      { tenantId: "t2", body: { boot, issuedTo: 1, open: { ranges: [[1, 1]], count: 1 } } },
    ]);
  });

  it("are said once: nothing new, no word", () => {
    const numbers = started();
    numbers.durable([at(1)]);
    for (const word of numbers.unsaid()) numbers.said(word);
    expect(numbers.unsaid()).toEqual([]);
    numbers.recorded(at(1));
    expect(numbers.unsaid()).toMatchObject([{ body: { issuedTo: 1, open: { ranges: [], count: 0 } } }]);
  });

  it("that changed while they were being said are said again", () => {
    const numbers = started();
    numbers.durable([at(1)]);
    const [word] = numbers.unsaid();
    numbers.recorded(at(1));
    if (word) numbers.said(word);
    expect(numbers.unsaid()).toMatchObject([{ body: { open: { count: 0 } } }]);
  });

  it("recorded while their intent was in doubt are never open for ever, nor given out before they are durable", () => {
    const numbers = started();
    numbers.durable([at(1)]);
    numbers.recorded(at(1));
    numbers.recorded(at(2));
    expect(numbers.unsaid()).toMatchObject([{ body: { issuedTo: 1, open: { count: 0 } } }]);
    numbers.durable([at(2)]);
    expect(numbers.unsaid()).toMatchObject([{ body: { issuedTo: 2, open: { count: 0 } } }]);
  });

  it("of an earlier boot are left to the sweeper", () => {
    const numbers = started();
    numbers.durable([at(1)]);
    numbers.startBoot("b2");
    numbers.recorded(at(1));
    expect(numbers.unsaid()).toEqual([]);
    numbers.durable([at(1, "t1", "b2")]);
    expect(numbers.unsaid()).toMatchObject([{ body: { boot: "b2", issuedTo: 1, open: { count: 1 } } }]);
  });

  it("are asked for early where many calls were recorded", () => {
    const numbers = started();
    numbers.durable([at(1), at(2), at(1, "t2")]);
    numbers.recorded(at(1));
    numbers.recorded(at(2));
    expect(numbers.unsaid(2).map(({ tenantId }) => tenantId)).toEqual(["t1"]);
    for (const word of numbers.unsaid(2)) numbers.said(word);
    expect(numbers.unsaid(2)).toEqual([]);
  });
});
