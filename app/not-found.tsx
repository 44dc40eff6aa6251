import Link from "next/link";
import { Button } from "../components/ui/button.tsx";

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 p-6">
      <h1 className="font-semibold text-lg">There is nothing here</h1>
      <p className="text-base text-muted">
        No page has this address, or it belongs to a tenant of which you are no member.
      </p>
      <div className="pt-2">
        <Button asChild>
          <Link href="/">Go to the overview</Link>
        </Button>
      </div>
    </main>
  );
}
