// The floors of ARCHITECTURE.md as data: who may import whom, and which globals a room may not touch.

export interface RoomRule {
  /** Folder from the root of the repository. */
  readonly folder: string;
  /** Workspace packages it may import, by door (`@tutti/music/theory`) or whole (`@tutti/music`). */
  readonly imports: readonly string[];
  /** Of `imports`' neighbours, those of which only types may be imported. */
  readonly typeImports: readonly string[];
  /** Beside `imports`, in tests and in what is made for them. */
  readonly testImports?: readonly string[];
  /** May import node: modules. */
  readonly node: boolean;
  /** Globals that code (not tests) of the room may not use. */
  readonly forbidden: readonly string[];
}

const IMPURE = [
  'process',
  'Buffer',
  'console',
  'Date',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'crypto',
  'globalThis',
  'navigator',
  'Math.random',
];
const BROWSER = ['window', 'document', 'localStorage', 'sessionStorage', 'navigator', 'self', 'postMessage'];
const PURE = [...IMPURE, ...BROWSER];

export const ROOMS: readonly RoomRule[] = [
  { folder: 'packages/dsp', imports: [], typeImports: [], node: false, forbidden: PURE },
  { folder: 'packages/music', imports: ['@tutti/dsp'], typeImports: [], node: false, forbidden: PURE },
  {
    folder: 'packages/demo-songs',
    imports: ['@tutti/dsp', '@tutti/music/theory'],
    typeImports: [],
    node: false,
    forbidden: PURE,
  },
  {
    folder: 'packages/media',
    imports: ['@tutti/dsp'],
    typeImports: ['@tutti/music/theory'],
    node: true,
    forbidden: [...BROWSER, 'console', 'Math.random'],
  },
  { folder: 'packages/contract', imports: [], typeImports: ['@tutti/music'], node: false, forbidden: PURE },
  { folder: 'packages/exchange', imports: ['@tutti/music/theory'], typeImports: [], node: false, forbidden: PURE },
  {
    folder: 'packages/library',
    imports: ['@tutti/music/filter', '@tutti/music/theory'],
    typeImports: [],
    node: true,
    forbidden: [...BROWSER, 'console', 'Math.random'],
  },
  {
    folder: 'packages/jobs',
    imports: [],
    typeImports: [],
    testImports: ['@tutti/library'],
    node: true,
    forbidden: [...BROWSER, 'console', 'Math.random'],
  },
  {
    folder: 'packages/accounts',
    imports: [],
    typeImports: [],
    testImports: ['@tutti/library'],
    node: true,
    forbidden: [...BROWSER, 'console', 'Math.random'],
  },
  {
    folder: 'packages/workflows',
    imports: [
      '@tutti/accounts',
      '@tutti/dsp',
      '@tutti/music',
      '@tutti/media',
      '@tutti/demo-songs',
      '@tutti/contract',
      '@tutti/exchange',
      '@tutti/jobs',
      '@tutti/library',
    ],
    typeImports: [],
    node: true,
    forbidden: [...BROWSER, 'console', 'Math.random'],
  },
  {
    folder: 'apps/server',
    imports: ['@tutti/contract', '@tutti/workflows'],
    typeImports: ['@tutti/music'],
    testImports: ['@tutti/library/testing', '@tutti/media/testing'],
    node: true,
    forbidden: [...BROWSER, 'console', 'Math.random'],
  },
  {
    folder: 'apps/cli',
    // The command starts the service; nothing else of it is used.
    imports: ['@tutti/contract', '@tutti/workflows', '@tutti/server'],
    typeImports: ['@tutti/music'],
    testImports: ['@tutti/library/testing', '@tutti/media/testing'],
    node: true,
    forbidden: [...BROWSER, 'Math.random'],
  },
  {
    folder: 'conformance',
    imports: [
      '@tutti/dsp',
      '@tutti/music',
      '@tutti/media',
      '@tutti/demo-songs',
      '@tutti/contract',
      '@tutti/exchange',
      '@tutti/jobs',
      '@tutti/library',
      '@tutti/workflows',
    ],
    typeImports: [],
    node: true,
    forbidden: BROWSER,
  },
  {
    folder: 'scripts',
    imports: ['@tutti/dsp', '@tutti/media', '@tutti/demo-songs'],
    typeImports: [],
    node: true,
    forbidden: BROWSER,
  },
];

/** Longest source file in lines; data tables end in `.data.ts` and are not counted. */
export const MAXIMUM_LINES = 500;

/** File and folder names that do not say what is inside. */
export const VAGUE_NAME = /(^|\/)(utils?|helpers?|common|misc|managers?|shared)(\/|[.-])/i;
