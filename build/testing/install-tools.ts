import { ensureTools, type ToolName, tools } from './tools.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
try {
  await ensureTools(Object.keys(tools) as ToolName[], say)
  say(`Here: ${Object.values(tools).map(({ name }) => name).join(', ')}.`)
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exitCode = 1
}
