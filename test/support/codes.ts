import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROOMS = ['libs', 'apps/api'];
const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
/** Spares most files the parser. */
const SAYS_ONE = /'[A-Z][A-Z_]{2,}'|\bcode\b/;
const NEVER_TOLD = /\.spec\.ts$|\/testing\//;
/** Files whose `code` is no error's: the ends of a trail, and what a verifier found. */
const OTHER_CODES: ReadonlySet<string> = new Set(['libs/projections/src/trace/ends.ts', 'libs/record/src/verifier/findings.ts']);

/** A code, and where the source says it. */
export type FoundCode = Readonly<{ code: string; file: string }>;

const sourceFiles = (): readonly string[] =>
  ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .map((name) => `${room}/${name.replaceAll('\\', '/')}`)
      .filter((name) => name.endsWith('.ts') && !NEVER_TOLD.test(name) && !OTHER_CODES.has(name)),
  );

const parse = (name: string, text: string): ts.SourceFile => ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);

const walk = (node: ts.Node, see: (node: ts.Node) => void): void => {
  see(node);
  node.forEachChild((child) => walk(child, see));
};

const isNamed = (name: ts.Node | undefined, text: string): boolean => name !== undefined && ts.isIdentifier(name) && name.text === text;

/** What a function that is handed a code is called, and as which argument: every function with a parameter `code`. */
const carriersOf = (files: readonly ts.SourceFile[]): ReadonlyMap<string, number> => {
  const carriers = new Map<string, number>();
  for (const file of files)
    walk(file, (node) => {
      if (!ts.isFunctionLike(node)) return;
      const at = node.parameters.findIndex(({ name }) => isNamed(name, 'code'));
      const holder = ts.isConstructorDeclaration(node) || ts.isArrowFunction(node) ? node.parent : node;
      const name = 'name' in holder ? (holder.name as ts.Node | undefined) : undefined;
      if (at >= 0 && name && ts.isIdentifier(name)) carriers.set(name.text, at);
    });
  return carriers;
};

/** Literals an expression may turn out to be. A name is looked up among the constants of its file. */
const literalsOf = (node: ts.Node | undefined, constants: ReadonlyMap<string, string>): readonly string[] => {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return CODE.test(node.text) ? [node.text] : [];
  if (ts.isIdentifier(node)) return [constants.get(node.text) ?? []].flat();
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap((one) => literalsOf(one, constants));
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap((one) => literalsOf(one, constants));
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return literalsOf(node.expression, constants);
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((one) => literalsOf(one, constants));
  if (ts.isLiteralTypeNode(node)) return literalsOf(node.literal, constants);
  return [];
};

const constantsOf = (file: ts.SourceFile): ReadonlyMap<string, string> => {
  const constants = new Map<string, string>();
  walk(file, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer && ts.isStringLiteralLike(node.initializer))
      constants.set(node.name.text, node.initializer.text);
  });
  return constants;
};

/** Where a node says codes: handed to a carrier, as the value or type of `code`, or first of a pair with its message. */
const codesAt = (node: ts.Node, carriers: ReadonlyMap<string, number>, constants: ReadonlyMap<string, string>): readonly string[] => {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const at = ts.isIdentifier(node.expression) ? carriers.get(node.expression.text) : undefined;
    return at === undefined ? [] : literalsOf(node.arguments?.[at], constants);
  }
  if (ts.isPropertyAssignment(node) && isNamed(node.name, 'code')) return literalsOf(node.initializer, constants);
  if ((ts.isPropertySignature(node) || ts.isParameter(node)) && isNamed(node.name, 'code')) return literalsOf(node.type, constants);
  if (ts.isTypeAliasDeclaration(node) && /(Code|Refusal|Fault)$/.test(node.name.text)) return literalsOf(node.type, constants);
  if (ts.isArrayLiteralExpression(node) && node.elements.length === 2) {
    const [code, message] = node.elements;
    return message && ts.isStringLiteralLike(message) && message.text.includes(' ') ? literalsOf(code, constants) : [];
  }
  return [];
};

/** Every code of an error, a refusal or an issue that the sources say, from the sources themselves. */
export const codesOf = (texts: ReadonlyMap<string, string>): readonly FoundCode[] => {
  const files = [...texts].filter(([, text]) => SAYS_ONE.test(text)).map(([name, text]) => parse(name, text));
  const carriers = carriersOf(files);
  return files.flatMap((file) => {
    const constants = constantsOf(file);
    const found: FoundCode[] = [];
    walk(file, (node) => {
      for (const code of codesAt(node, carriers, constants)) found.push({ code, file: file.fileName });
    });
    return found;
  });
};

/** @see codesOf */
export const codesOfTheSources = (): readonly FoundCode[] =>
  codesOf(new Map(sourceFiles().map((name) => [name, readFileSync(join(ROOT, name), 'utf8')])));
