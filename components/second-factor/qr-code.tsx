import { encodeQR } from "qr";

/** A text as a picture for a camera: black on white in either theme, because readers expect it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 });
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return (
    <svg
      aria-label={label}
      className="size-48 shrink-0 rounded-md border"
      role="img"
      shapeRendering="crispEdges"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
    >
      <rect fill="#fff" height={rows.length} width={rows.length} />
      <path d={path} fill="#000" />
    </svg>
  );
}
