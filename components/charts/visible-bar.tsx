export type BarShape = { x?: number; y?: number; width?: number; height?: number; fill?: string };

/** One call among thousands is the one that matters: what is not zero is at least 3 px high. */
export function VisibleBar({ x = 0, y = 0, width = 0, height = 0, fill }: BarShape) {
  if (height <= 0 || width <= 0) return null;
  const shown = Math.max(height, 3);
  return <rect fill={fill} height={shown} width={width} x={x} y={y - (shown - height)} />;
}
