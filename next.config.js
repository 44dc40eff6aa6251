// @ts-check
/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  typedRoutes: false,
  // `npm test` checks the types of everything, once; who builds what passed there need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg", "pino"],
  allowedDevOrigins: ["127.0.0.1"],
};
