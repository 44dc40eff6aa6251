import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import type { ProposalAct } from "../../lib/client/policies.ts";
import { DecisionActions } from "./decision-actions.tsx";

const said = (verb: string) => ({
  verb,
  title: `${verb} it`,
  description: "Nothing else.",
  look: "plain" as const,
});
const words = { approve: said("Approve"), reject: said("Reject"), withdraw: said("Withdraw") };
let decided: [ProposalAct, string][] = [];
const decide = async (act: ProposalAct, note: string) => {
  decided.push([act, note]);
  return "Done";
};
const verbs = () => screen.getAllByRole("button").map(({ textContent }) => textContent);

afterEach(() => {
  cleanup();
  decided = [];
});

describe("what takes two people", () => {
  it("may be taken back by whoever asked for it, and is not his to approve", () => {
    render(<DecisionActions decide={decide} forbidden={null} isMine words={words} />);
    expect(verbs()).toEqual(["Withdraw"]);
    expect(screen.getByText(/another admin or officer decides/)).toBeDefined();
  });

  it("is decided by another with a note, once asked again", async () => {
    render(<DecisionActions decide={decide} forbidden={null} isMine={false} words={words} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Reject" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText(/Note/), "Not yet.");
    expect(decided).toEqual([]);
    await user.click(dialog.getByRole("button", { name: "Reject it" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(decided).toEqual([["reject", "Not yet."]]);
  });

  it("says to others why it is not theirs to decide", () => {
    render(<DecisionActions decide={decide} forbidden="It takes an admin." isMine={false} words={words} />);
    const approve = screen.getByRole("button", { name: "Approve" });
    expect(approve.hasAttribute("disabled")).toBe(true);
    const reason = document.getElementById(approve.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent).toBe("It takes an admin.");
  });
});
