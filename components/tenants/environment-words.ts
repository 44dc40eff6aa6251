export type Environment = "production" | "test";

export const environmentWords: Readonly<Record<Environment, string>> = {
  production: "Production",
  test: "Test",
};
