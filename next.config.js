// @ts-check
/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  typedRoutes: false,
  serverExternalPackages: ["pg", "pino"],
  allowedDevOrigins: ["127.0.0.1"],
};
