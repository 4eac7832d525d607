#!/usr/bin/env node
// The command of the npm package. CommonJS in old words: a Node that is too old must be able to read the sentence that says so.
var oldest = require('../../package.json').engines.node.replace('>=', '')
// Built, or not yet: no part of the sources.
var program = '../../dist/npm/cli.js'

if (isOlder(process.versions.node, oldest)) {
  process.stderr.write('Firstnode needs Node ' + oldest + ' or newer; this is ' + process.versions.node + '.\n')
  process.exitCode = 1
} else {
  void import(program)
}

/** @param {string} version @param {string} other @returns {boolean} */
function isOlder(version, other) {
  var numbers = version.split('.').map(Number)
  var others = other.split('.').map(Number)
  var first = numbers.findIndex(function (number, index) {
    return number !== others[index]
  })
  return first >= 0 && Number(numbers[first]) < Number(others[first])
}
