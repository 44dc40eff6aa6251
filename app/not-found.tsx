import { NothingHere } from "../components/layout/nothing-here.tsx";

export const metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 p-6">
      <NothingHere />
    </main>
  );
}
