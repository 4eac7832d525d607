import { blocks, passed, type Rule } from '../check.ts'

/** What Elasticsearch cannot read as settings ends its start before anything else is looked at (InternalSettingsPreparer). */
export const settingsRule: Rule = {
  id: 'settings',
  title: 'Settings',
  run: ({ settings, settingsProblem }) => {
    if (settingsProblem !== null) return blocks(settingsProblem.message, settingsProblem.remedy, settingsProblem.code)
    const count = settings === null ? 0 : settings.size - 1
    return passed(count === 0 ? '`elasticsearch.yml` sets nothing of its own.' : `\`elasticsearch.yml\` was read: ${count} ${count === 1 ? 'setting' : 'settings'}.`)
  },
}
