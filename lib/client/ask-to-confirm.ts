/** Shows the reader a question and answers whether he has shown who he is. */
export type Confirmer = () => Promise<boolean>;

let confirmer: Confirmer | null = null;
let asked: Promise<boolean> | null = null;

/** The page can ask from now on. Answers how to take that back. */
export function offerToConfirm(given: Confirmer): () => void {
  confirmer = given;
  return () => {
    if (confirmer === given) confirmer = null;
  };
}

/** Asks the reader to show who he is; once, for all that wait for it. False: he turned back, or nobody can ask here. */
export function askToConfirm(): Promise<boolean> {
  asked ??= (confirmer?.() ?? Promise.resolve(false)).finally(() => {
    asked = null;
  });
  return asked;
}
