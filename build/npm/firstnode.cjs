#!/usr/bin/env node
// The command of the npm package. CommonJS in old words: a Node that is too old must be able to read the sentence that says so.
var oldest = /[\d.]+/.exec(require('../../package.json').engines.node)[0]

if (isOlder(process.versions.node, oldest)) {
  process.stderr.write('Firstnode needs Node ' + oldest + ' or newer; this is ' + process.versions.node + '.\n')
  process.exitCode = 1
} else {
  import('../../dist/npm/cli.js')
}

/** @param {string} version @param {string} other @returns {boolean} */
function isOlder(version, other) {
  var numbers = version.split('.').map(Number)
  var others = other.split('.').map(Number)
  for (var i = 0; i < others.length; i += 1) if (numbers[i] !== others[i]) return numbers[i] < others[i]
  return false
}
