/** Lines of an ink on the surface, as the fill `url(#id)` of an SVG that holds it. */
export function HatchPattern({
  id,
  ink,
  sizePx,
  linePx,
  degrees = 45,
}: {
  id: string;
  ink: string;
  /** From one line to the next. */
  sizePx: number;
  /** Half of a line's width is seen, for it stands on the pattern's edge. */
  linePx: number;
  degrees?: number;
}) {
  return (
    <pattern
      height={sizePx}
      id={id}
      patternTransform={`rotate(${degrees})`}
      patternUnits="userSpaceOnUse"
      width={sizePx}
    >
      <rect fill="var(--surface)" height={sizePx} width={sizePx} />
      <line stroke={ink} strokeWidth={linePx} x1="0" x2="0" y1="0" y2={sizePx} />
    </pattern>
  );
}
