// What code may not contain, whatever its types say.
import ts from 'typescript';
import { type StyleRule, isTest, isToolConfiguration, syntaxRule } from './rule.ts';

const testFunctions = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const waysNotToRun = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf']);

const isDefaultExport = (node: ts.Node): boolean =>
  ts.isExportAssignment(node) ||
  (ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true);

const isDoubleCast = (node: ts.Node): boolean =>
  ts.isAsExpression(node) && ts.isAsExpression(unwrapped(node.expression));

/** The first identifier of `it.each(…).skip` is `it`. */
function rootOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootOf(node.expression);
  return undefined;
}

function unwrapped(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;
}

/** What only one platform has can be tested there only; no other condition may decide whether a test runs. */
const isForPlatform = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) && /^process\.platform [!=]== '\w+'$/.test(parent.arguments[0]?.getText() ?? '');

const isUnrunTest = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) &&
  waysNotToRun.has(node.name.text) &&
  testFunctions.has(rootOf(node) ?? '') &&
  !isForPlatform(node);

/** `new Promise((resolve) => setTimeout(resolve, …))`: waits for time to pass instead of for what should happen. */
const isPromiseOfTime = (node: ts.Node): boolean =>
  ts.isNewExpression(node) &&
  rootOf(node.expression) === 'Promise' &&
  /^\(?\w+\)?\s*=>\s*\{?\s*(void\s+)?setTimeout\(\s*\w+\s*,[^()]*\);?\s*\}?$/.test(
    node.arguments?.[0]?.getText() ?? '',
  );

const isTimersPromises = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) &&
  ts.isStringLiteral(node.moduleSpecifier) &&
  node.moduleSpecifier.text === 'node:timers/promises' &&
  /\bsetTimeout\b/.test(node.importClause?.getText() ?? '');

export const syntaxRules: readonly StyleRule[] = [
  syntaxRule({
    name: 'an entry names what it exports',
    matches: (node) => ts.isExportDeclaration(node) && node.exportClause === undefined,
    bad: ["export * from './money.ts';", "export type * from './money.ts';"],
    good: ["export { add } from './money.ts';", "const text = 'export * from';"],
  }),
  syntaxRule({
    name: 'nothing is exported as default',
    applies: (file) => !isToolConfiguration(file),
    matches: isDefaultExport,
    bad: ['export default 1;', 'export default function f() {}', 'export default class {}'],
    good: ['export const a = 1;'],
  }),
  syntaxRule({
    name: 'no type is cast away',
    matches: (node) => (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) || isDoubleCast(node),
    bad: ['const a = b as any;', 'const a = b as unknown as C;', 'const a = (b as unknown) as C;'],
    good: ['const a = b as const;', '// never write `as any`'],
  }),
  syntaxRule({
    name: 'every test runs',
    matches: isUnrunTest,
    bad: [
      "it.skip('a', () => {});",
      "it.only('a', () => {});",
      "it.todo('a');",
      "describe.skip('a', () => {});",
      "it.skipIf(slow)('a', () => {});",
      "it.concurrent.skip('a', () => {});",
    ],
    good: ["it.each([1])('a', () => {});", "it.runIf(process.platform === 'linux')('a', () => {});", 'stream.skip(1);'],
  }),
  syntaxRule({
    name: 'no test sleeps',
    at: 'packages/domain/src/sample.test.ts',
    applies: (file) => isTest(file) || file.path.startsWith('packages/conformance/src/'),
    matches: (node) => isPromiseOfTime(node) || isTimersPromises(node),
    bad: [
      'await new Promise((resolve) => setTimeout(resolve, 50));',
      'await new Promise<void>((done) => { setTimeout(done, 5); });',
      "import { setTimeout as sleep } from 'node:timers/promises';",
    ],
    good: [
      'const timer = setTimeout(() => controller.abort(), 50);',
      "import { setImmediate } from 'node:timers/promises';",
    ],
  }),
];
