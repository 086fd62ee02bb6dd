import { parseSync } from 'rolldown/utils';

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** What the architecture test looks at in one file. */
export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Names used that the file does not declare, and `Math.random` where it is used. */
  readonly globals: ReadonlyMap<string, number>;
  /** Constructs that the house does not use, with their line. */
  readonly offences: readonly { readonly line: number; readonly what: string }[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** Keys of a node whose identifiers are names of members, not references. */
function namingKeys(node: Node): readonly string[] {
  if (node.type === 'MemberExpression') return node['computed'] ? [] : ['property'];
  if (/^(Property|PropertyDefinition|MethodDefinition|TSPropertySignature|TSMethodSignature)$/.test(node.type)) {
    return node['computed'] ? [] : node['shorthand'] ? [] : ['key'];
  }
  if (node.type === 'TSQualifiedName') return ['right'];
  return [];
}

const DECLARING: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  ClassDeclaration: ['id'],
  CatchClause: ['param'],
  ImportSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
  ImportDefaultSpecifier: ['local'],
  TSTypeAliasDeclaration: ['id'],
  TSInterfaceDeclaration: ['id'],
  TSTypeParameter: ['name'],
};

/** Reads one TypeScript file. @throws Error when it does not parse */
export function readSource(path: string, text: string): SourceFile {
  const { program, module, errors, comments } = parseSync(path, text, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const starts = [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
  const lineOf = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1;

  const used = new Map<string, number>();
  const declared = new Set<string>();
  const offences: { line: number; what: string }[] = [];

  const declare = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) declare(item);
    else if (isNode(value)) {
      if (value.type === 'Identifier') declared.add(value['name'] as string);
      else if (value.type === 'AssignmentPattern') declare(value['left']);
      else if (value.type === 'Property') declare(value['value']);
      else for (const key of ['elements', 'properties', 'argument']) declare(value[key]);
    }
  };

  const visit = (node: Node): void => {
    for (const key of DECLARING[node.type] ?? []) declare(node[key]);
    if (node.type === 'TSAnyKeyword') offences.push({ line: lineOf(node.start), what: 'the type any' });
    if (node.type === 'TSEnumDeclaration') offences.push({ line: lineOf(node.start), what: 'an enum' });
    if (node.type === 'ExportAllDeclaration') offences.push({ line: lineOf(node.start), what: 'export *' });
    if (node.type === 'Identifier') {
      const name = node['name'] as string;
      if (!used.has(name)) used.set(name, lineOf(node.start));
    }
    if (node.type === 'MemberExpression') {
      const { object, property } = node as unknown as { object: Node; property: Node };
      const chain = `${String(object['name'])}.${String(property['name'])}`;
      if (chain === 'Math.random') used.set(chain, lineOf(node.start));
      if (/^(it|test|describe)\.(only|skip|todo|fails)$/.test(chain)) {
        offences.push({ line: lineOf(node.start), what: `a test that does not run or runs alone (${chain})` });
      }
    }
    const names = namingKeys(node);
    for (const [key, value] of Object.entries(node)) {
      if (names.includes(key)) continue;
      if (Array.isArray(value)) for (const item of value) isNode(item) && visit(item);
      else if (isNode(value)) visit(value);
    }
  };
  visit(program as unknown as Node);

  for (const comment of comments) {
    const mark = /\b(TODO|FIXME|HACK|XXX)\b|@ts-(ignore|nocheck|expect-error)/.exec(comment.value);
    if (mark) offences.push({ line: lineOf(comment.start), what: `"${mark[0]}" in a comment` });
  }

  const imports: Import[] = [
    ...module.staticImports.map((statement) => ({
      specifier: statement.moduleRequest.value,
      typeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
      line: lineOf(statement.start),
    })),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.slice(0, 1).flatMap((entry) =>
        entry.moduleRequest
          ? [
              {
                specifier: entry.moduleRequest.value,
                typeOnly: statement.entries.every((each) => each.isType),
                line: lineOf(statement.start),
              },
            ]
          : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^['"](.*)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
      return literal ? [{ specifier: literal[1]!, typeOnly: false, line: lineOf(moduleRequest.start) }] : [];
    }),
  ];

  const globals = new Map([...used].filter(([name]) => !declared.has(name)));
  return { path, lines: starts.length, imports, globals, offences };
}
