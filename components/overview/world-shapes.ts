import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-110m.json";

/** Width and height of the drawing, in its own units. */
export const worldSize = { width: 960, height: 420 } as const;

export type CountryShape = {
  /** ISO 3166-1 numeric; null where the atlas gives a land without one. */
  readonly number: string | null;
  /** Path of an SVG of `worldSize`. */
  readonly path: string;
};

const antarctica = "010";
const world = atlas as unknown as Parameters<typeof feature>[0];
const { countries } = world.objects;
const shapes = countries && feature(world, countries);
const features = shapes && "features" in shapes ? shapes.features : [];
const drawn = features.filter(({ id }) => id !== antarctica);
const projection = geoNaturalEarth1().fitExtent(
  [
    [4, 4],
    [worldSize.width - 4, worldSize.height - 4],
  ],
  { type: "FeatureCollection", features: drawn },
);

/** The countries of the world without Antarctica (Natural Earth, public domain, as world-atlas packs it). */
export function worldShapes(): readonly CountryShape[] {
  const path = geoPath(projection).digits(1);
  return drawn.flatMap((country) => {
    const text = path(country);
    return text === null
      ? []
      : [{ number: country.id === undefined ? null : String(country.id), path: text }];
  });
}

/** Where a place lies in the drawing; null: it is not on it. Degrees, east and north. */
export function placeOnMap(
  longitude: number,
  latitude: number,
): { readonly x: number; readonly y: number } | null {
  const point = projection([longitude, latitude]);
  return point && { x: point[0], y: point[1] };
}
