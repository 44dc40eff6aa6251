import { FailedPage, type FailedPageProps } from "./failed-page.tsx";
import { Logo } from "./logo.tsx";

/** A failed page that has no frame around it. */
export function FailedDocument(props: FailedPageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-6 p-6">
      <Logo />
      <h1 className="sr-only">Domicile</h1>
      <FailedPage {...props} />
    </main>
  );
}
