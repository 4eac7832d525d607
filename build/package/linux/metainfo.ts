import { presentation } from './desktop-entry.ts'

/** The id of the application, by which software centres know it. */
export const componentId = 'org.firstnode.wizard'

/**
 * The AppStream metadata that software centres show. `repository` is `owner/name` on GitHub, or null; `released` is a
 * time in seconds.
 */
export function metainfo({ version, repository, released }: {
  version: string
  repository: string | null
  released: number
}): string {
  const { name, comment, categories, keywords } = presentation
  const address = `https://github.com/${repository}`
  const urls = `  <url type="homepage">${address}</url>\n  <url type="bugtracker">${address}/issues</url>\n`
  return `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${componentId}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>Apache-2.0</project_license>
  <name>${name}</name>
  <summary>${comment}</summary>
  <developer id="org.firstnode">
    <name>The Firstnode authors</name>
  </developer>
  <description>
    <p>
      Firstnode sets up the first node of an Elasticsearch 8 or 9 cluster. It turns on TLS and passwords, starts the
      node, verifies it, and hands over the credentials.
    </p>
    <p>
      You see every change before it is made. Changes are applied together or not at all, and you can undo them later.
    </p>
    <ul>
      <li>Download Elasticsearch, or use an archive or a folder that you already have</li>
      <li>Add nodes, connect Kibana and clients, and renew certificates</li>
      <li>Nothing is installed as a service, and no administrator is needed</li>
    </ul>
  </description>
  <launchable type="desktop-id">${presentation.windowClass}.desktop</launchable>
  <icon type="stock">firstnode</icon>
  <provides>
    <binary>firstnode</binary>
  </provides>
  <categories>
${categories.map((category) => `    <category>${category}</category>`).join('\n')}
  </categories>
  <keywords>
${keywords.map((keyword) => `    <keyword>${keyword}</keyword>`).join('\n')}
  </keywords>
${repository === null ? '' : urls}\
  <content_rating type="oars-1.1" />
  <releases>
    <release version="${version}" date="${new Date(released * 1000).toISOString().slice(0, 10)}" />
  </releases>
</component>
`
}
