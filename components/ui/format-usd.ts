const thinSpace = "\u202f";

/** `US$ 12.40`, `US$ 0.0031`: cents from one dollar up, else two digits that say something; never rounded to nothing. */
export function formatUsd(usd: number): string {
  if (usd === 0) return `US$${thinSpace}0`;
  if (usd < 0.0001) return `<${thinSpace}US$${thinSpace}0.0001`;
  const digits = usd >= 1 ? 2 : Math.min(4, 1 - Math.floor(Math.log10(usd)));
  const text = new Intl.NumberFormat("en-GB", {
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.max(2, digits),
  }).format(usd);
  return `US$${thinSpace}${text.replaceAll(",", thinSpace)}`;
}
