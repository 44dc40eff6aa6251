import { cleanup, render, screen } from "@testing-library/react";
import decodeQR from "qr/decode.js";
import { afterEach, expect, it } from "vitest";
import { QrCode } from "./qr-code.tsx";

afterEach(cleanup);

it("a picture says its text to whoever reads it, in black on white", () => {
  const text = "otpauth://totp/Domicile:ann%40example.com?secret=MZXW6YTBOI&issuer=Domicile";
  render(<QrCode label="The secret" text={text} />);
  const picture = screen.getByRole("img", { name: "The secret" });
  const side = Number(picture.getAttribute("viewBox")?.split(" ").at(-1));
  // A reader wants more than one pixel for each square.
  const scale = 4;
  const data = new Uint8ClampedArray((side * scale) ** 2 * 4).fill(255);
  for (const [, x, y] of picture
    .querySelector("path")
    ?.getAttribute("d")
    ?.matchAll(/M(\d+) (\d+)h1v1h-1z/g) ?? [])
    for (let row = 0; row < scale; row++)
      for (let column = 0; column < scale; column++) {
        const at = ((Number(y) * scale + row) * side * scale + Number(x) * scale + column) * 4;
        data.fill(0, at, at + 3);
      }
  expect(decodeQR({ width: side * scale, height: side * scale, data })).toBe(text);
});
