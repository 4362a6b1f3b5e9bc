// Checks the scripts of the pages: node --expose-internals lint.js GROUP...
// A group is one script of the page: its files in their order, joined by commas. Each file must parse as strict code and hold
// nothing that a page must not do; every name that a group uses must be declared in it or be the browser's, and every name
// that it declares must be used. Prints one line a fault.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
// The parser that node itself carries.
const acorn = require('internal/deps/acorn/acorn/dist/acorn');
const walk = require('internal/deps/acorn/acorn-walk/dist/walk');

const forbidden = [
  [/\bvar\s/, "'var'; use const or let"],
  [/[^=!<>]==[^=]|!=[^=]/, 'a loose comparison'],
  [/\beval\s*\(|\bnew Function\b/, 'text that is run as code'],
  [/\bdocument\.write/, 'document.write'],
  [/\b(fetch|XMLHttpRequest|WebSocket|importScripts|sendBeacon)\b|\bimport\s*[('"{*]/, 'something is fetched'],
  [/https?:\/\//, 'an address outside the page'],
  [/\bconsole\.|\bdebugger\b|\balert\s*\(/, 'a leftover of debugging'],
  [/<\/script/i, 'the end of a script element'],
  [/\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b/, 'something is kept beyond the page'],
  [/[ \t]+$/, 'a space at the end of a line'],
];
const known = new Set([
  'Array', 'Boolean', 'Date', 'Float64Array', 'Infinity', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String', 'undefined',
  'addEventListener', 'atob', 'cancelAnimationFrame', 'document', 'getComputedStyle', 'innerWidth', 'matchMedia',
  'requestAnimationFrame', 'setTimeout', 'window',
  'RAMP', 'SAY', // written into the page before the first file
  'Plotly', // where plotly.js is at hand
]);

let faults = 0;
const tell = (place, words) => { faults += 1; console.log(`${place}: ${words}`); };

/** Names that a pattern of a declaration binds. */
function bound(pattern) {
  switch (pattern && pattern.type) {
    case 'Identifier': return [pattern.name];
    case 'ObjectPattern': return pattern.properties.flatMap(p => bound(p.value || p.argument));
    case 'ArrayPattern': return pattern.elements.flatMap(bound);
    case 'AssignmentPattern': return bound(pattern.left);
    case 'RestElement': return bound(pattern.argument);
    default: return [];
  }
}

/** Names used but not declared, and declared but not used. */
function names(tree) {
  const scopes = new Map();
  const declare = (scope, pattern, needsUse) => {
    if (!scopes.has(scope)) scopes.set(scope, new Map());
    for (const name of bound(pattern)) scopes.get(scope).set(name, { needsUse, uses: 0 });
  };
  const holds = /^(Program|BlockStatement|For\w*Statement|SwitchStatement|Function\w*|ArrowFunctionExpression)$/;
  const scopeOf = above => above.findLast(node => holds.test(node.type));
  walk.fullAncestor(tree, (node, _, above) => {
    const outer = above.slice(0, -1);
    if (node.type === 'VariableDeclaration') {
      // What a pattern takes apart may be left alone.
      for (const d of node.declarations) declare(scopeOf(outer), d.id, d.id.type === 'Identifier');
    } else if (node.params) {
      for (const parameter of node.params) declare(node, parameter, false);
      if (node.type === 'FunctionDeclaration') declare(scopeOf(outer), node.id, true);
    } else if (node.type === 'CatchClause') declare(node, node.param, false);
  });
  const missing = [];
  const visit = isUse => (node, _, above) => {
    const scope = above.findLast(n => scopes.has(n) && scopes.get(n).has(node.name));
    if (scope) scopes.get(scope).get(node.name).uses += isUse ? 1 : 0;
    else if (!known.has(node.name)) missing.push(node.name);
  };
  walk.ancestor(tree, { Identifier: visit(true), VariablePattern: visit(false) });
  const idle = [...scopes.values()].flatMap(s => [...s].filter(([, d]) => d.needsUse && !d.uses).map(([name]) => name));
  return { missing, idle };
}

for (const group of process.argv.slice(2)) {
  const files = group.split(',');
  for (const file of files) {
    const text = fs.readFileSync(file, 'utf8');
    try { new vm.Script(`'use strict';${text}`, { filename: file }); } catch (error) { tell(file, error.message); }
    text.split('\n').forEach((line, n) => {
      for (const [pattern, words] of forbidden) if (pattern.test(line)) tell(`${path.basename(file)}:${n + 1}`, words);
    });
    if (!text.endsWith('\n')) tell(file, 'no end of the last line');
  }
  const whole = files.map(file => fs.readFileSync(file, 'utf8')).join('');
  try {
    const found = names(acorn.parse(whole, { ecmaVersion: 2022 }));
    for (const name of found.missing) tell(group, `'${name}' is declared nowhere`);
    for (const name of found.idle) tell(group, `'${name}' is never used`);
  } catch (error) { tell(group, error.message); }
}
process.exitCode = faults ? 1 : 0;
