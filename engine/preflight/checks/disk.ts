import { inBytes } from '../../../shared/sizes.ts'
import { blocks, passed, onSettings, warns } from '../check.ts'
import { settingText, type Settings } from '../settings.ts'
import { bytesOf } from '../sizes.ts'

/** Defaults of DiskThresholdSettings; the head room caps what a percentage keeps free on large disks, unless one is set. */
const marks = {
  low: { value: '85%', headroom: '200gb' },
  high: { value: '90%', headroom: '150gb' },
} as const
const prefix = 'cluster.routing.allocation.disk'

/**
 * Over the high watermark (90 % full) Elasticsearch gives the index .security no place, so the right password is refused. Over the
 * low one (85 %) a first primary still gets its place, and nothing more does (DiskThresholdDecider).
 */
export const diskRule = onSettings('disk', 'Disk space', (settings, { installation: { disk } }) => {
  if (disk === null) return warns('How full the disk is could not be found out.', 'See that the disk of the data directory is less than 90 % full.')
  const said = `${disk.path}: ${inBytes(disk.freeBytes)} of ${inBytes(disk.totalBytes)} are free`
  if (settingText(settings, `${prefix}.threshold_enabled`) === 'false') return passed(`${said}; the settings let it be filled.`)
  const kept = { low: keptFree(settings, 'low', disk.totalBytes), high: keptFree(settings, 'high', disk.totalBytes) }
  if (disk.freeBytes < kept.high) {
    return blocks(
      `${said}. Elasticsearch wants ${inBytes(kept.high)} free before it places the index that holds the users, so the password would be refused.`,
      `Free ${inBytes(kept.high - disk.freeBytes)} on that disk, or set ${prefix}.watermark.low, .high and .flood_stage in elasticsearch.yml.`,
    )
  }
  if (disk.freeBytes < kept.low) {
    return warns(`${said}. That is enough to start; under ${inBytes(kept.low)} Elasticsearch places no copies here.`, 'Free some space soon.')
  }
  return passed(`${said}.`)
})

/** Bytes that must stay free. A watermark is a percentage or a ratio that may be used, or an amount that must stay free. */
function keptFree(settings: Settings, mark: 'low' | 'high', total: number): number {
  const set = settingText(settings, `${prefix}.watermark.${mark}`)
  const value = set ?? marks[mark].value
  const used = /^([\d.]+)%$/.test(value) ? Number.parseFloat(value) / 100 : /^(?:0?\.\d+|[01](?:\.0*)?)$/.test(value) ? Number(value) : null
  if (used === null) return bytesOf(value) ?? 0
  const headroom = settingText(settings, `${prefix}.watermark.${mark}.max_headroom`) ?? (set === null ? marks[mark].headroom : '-1')
  return Math.min(total * (1 - used), bytesOf(headroom) ?? Infinity)
}
