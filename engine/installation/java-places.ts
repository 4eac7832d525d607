import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { homeFolder } from '../system/home-folder.ts'

export interface JavaPlace {
  /** `folder` is the home of a Java by the look of its name; `around` is a folder with one below it each */
  readonly around: string
  /** what lies between the found folder and the home of its Java */
  readonly inside: string
}

/** Where Java is installed on this platform, as the installers and the version managers do it. */
export function usualJavaPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv = process.env, user = homeFolder()): JavaPlace[] {
  const own = [
    { around: join(user, '.sdkman', 'candidates', 'java'), inside: '' },
    { around: join(user, '.jdks'), inside: '' },
    { around: join(user, '.gradle', 'jdks'), inside: '' },
    { around: join(user, '.asdf', 'installs', 'java'), inside: '' },
  ]
  if (platform === 'darwin') {
    const bundle = join('Contents', 'Home')
    return [
      { around: '/Library/Java/JavaVirtualMachines', inside: bundle },
      { around: join(user, 'Library', 'Java', 'JavaVirtualMachines'), inside: bundle },
      { around: '/opt/homebrew/opt', inside: join('libexec', 'openjdk.jdk', bundle) },
      { around: '/usr/local/opt', inside: join('libexec', 'openjdk.jdk', bundle) },
      ...own,
    ]
  }
  if (platform === 'win32') {
    const programs = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA === undefined ? undefined : join(env.LOCALAPPDATA, 'Programs')]
    const vendors = ['Java', 'Eclipse Adoptium', 'Eclipse Foundation', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft', 'Semeru', 'AdoptOpenJDK', 'OpenJDK']
    const known = programs.filter((one) => one !== undefined)
    return [...known.flatMap((folder) => vendors.map((vendor) => ({ around: join(folder, vendor), inside: '' }))), ...own]
  }
  return ['/usr/lib/jvm', '/usr/lib64/jvm', '/usr/java', '/opt/java', '/opt/jdk', '/opt', '/usr/local'].map((around) => ({ around, inside: '' })).concat(own)
}

/** Folders in the usual places that may be the home of a Java, each once (links to one another are one). */
export async function foldersOfJava(places: readonly JavaPlace[]): Promise<string[]> {
  const found = await Promise.all(
    places.map(async ({ around, inside }) => {
      const names = await readdir(around).catch(() => [])
      const promising = names.filter((name) => inside !== '' || !/^(?:opt|usr)$/.test(around) || /j(?:dk|re|ava)/i.test(name))
      return Promise.all(promising.map((name) => realpath(join(around, name, inside)).catch(() => null)))
    }),
  )
  return [...new Set(found.flat().filter((one) => one !== null))]
}
