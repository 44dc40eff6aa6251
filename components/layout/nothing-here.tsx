import Link from "next/link";
import { Button } from "../ui/button.tsx";

/** Where no page has the address, or it is not the reader's. */
export function NothingHere() {
  return (
    <>
      <h1 className="font-semibold text-lg">There is nothing here</h1>
      <p className="text-base text-muted">
        No page has this address, or it belongs to a tenant of which you are no member.
      </p>
      <div className="pt-2">
        <Button asChild>
          <Link href="/">Go to the overview</Link>
        </Button>
      </div>
    </>
  );
}
