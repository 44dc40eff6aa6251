import { NothingHere } from "../../components/layout/nothing-here.tsx";

export const metadata = { title: "Nothing here" };

/** The navigation beside it stays. */
export default function NotFound() {
  return (
    <div className="flex max-w-md flex-col gap-3 py-16">
      <NothingHere />
    </div>
  );
}
