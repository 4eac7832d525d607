import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import { toldCheck } from './check-page.ts'
import { planParts } from './plan-page.ts'
import type { Style } from './style.ts'

/** What undoing what stands in the way will change, and what stays in the way. */
export function remedyPage(preview: RemedyPreview, style: Style): string {
  const width = Math.min(style.columns, 100)
  const stays = preview.remains.map((check) => toldCheck(check, style, width))
  return `${[...planParts(preview, style), ...(stays.length === 0 ? [] : [style.bold('What stays in the way'), ...stays])].join('\n\n')}\n`
}
