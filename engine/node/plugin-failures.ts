import { join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import type { FailureRule } from './failure-rules.ts'

/** Starts that end at a plugin, in the words of 8.16.6 and 9.4.3. None of them is about a setting, though Java's exception often is the same. */
export const pluginRules: readonly FailureRule[] = [
  {
    pattern: /[Pp]lugin \[([^\]]+)\] was built for Elasticsearch (?:major )?version (\S+) but (?:earlier )?version (\S+) is running/,
    told: (match, _, more) => problem('start_plugin_version', { name: match[1] ?? '', madeFor: match[2] ?? '', version: match[3] ?? '' }, more),
  },
  {
    pattern: /plugin (\S+) requires Java (\S+?):?, your system: ([^\s+]+)/,
    told: (match, _, more) => problem('start_plugin_java', { name: match[1] ?? '', needs: match[2] ?? '', java: match[3] ?? '' }, more),
  },
  {
    pattern: /Plugin \[([^\]]+)\] is missing a descriptor properties file/,
    told: (match, { home }, more) => problem('start_plugin_stray', { path: join(home, 'plugins', match[1] ?? '') }, more),
  },
  {
    pattern: /found file \[([^\]]+)\] from a failed attempt to remove the plugin \[([^\]]+)\]/,
    told: (match, _, more) => problem('start_plugin_removal', { path: match[1] ?? '', name: match[2] ?? '' }, more),
  },
  {
    pattern: /Can only use \[(elasticsearch-plugins\.yml)\] config file with distribution type \[docker\]/,
    told: (match, { config }, more) => problem('start_plugins_yml', { path: join(config, match[1] ?? '') }, more),
  },
  {
    pattern: /fatal exception while booting Elasticsearch\s+(?:[\w.$]+(?:Exception|Error): )?([^\n]*)\n(?:\s+at (?!org\.elasticsearch)[^\n]*\n)*\s+at org\.elasticsearch\.[^\n]*org\.elasticsearch\.(?:plugins|jdk)\.[^\n]*/,
    told: (match, _, more) => problem('start_plugin_broken', { what: match[1] ?? '' }, more),
  },
]
