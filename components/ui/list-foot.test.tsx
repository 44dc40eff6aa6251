import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { ListFoot } from "./list-foot.tsx";

afterEach(cleanup);

const paged = { hasNextPage: true, isFetchingNextPage: false, isFetchNextPageError: false };
const isDisabled = (name: string) => (screen.getByRole("button", { name }) as HTMLButtonElement).disabled;

it("says how much stands above, and fetches the next page", async () => {
  let asked = 0;
  const list = { ...paged, fetchNextPage: () => ++asked };
  render(<ListFoot list={list} listed={1} noun="message" />);
  expect(screen.getByText("1 message listed")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Load more" }));
  expect(asked).toBe(1);
});

it("offers a page that failed again, and none twice while it is read", () => {
  const list = { ...paged, isFetchNextPageError: true, fetchNextPage: () => undefined };
  const { rerender } = render(<ListFoot list={list} listed={50} noun="event" />);
  expect(isDisabled("Try again")).toBe(false);
  rerender(<ListFoot list={{ ...list, isFetchingNextPage: true }} listed={50} noun="event" />);
  expect(isDisabled("Reading")).toBe(true);
});

it("is not there where all is", () => {
  const list = { ...paged, hasNextPage: false, fetchNextPage: () => undefined };
  const { container } = render(<ListFoot list={list} listed={50} noun="event" />);
  expect(container.textContent).toBe("");
});
