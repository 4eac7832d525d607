/** One line for sh that fetches a product of Elastic for Linux and unpacks it into the folder where it is run: `otherSystems` says so. */
export function download(path: string, name: string, version: string): string {
  const archive = `${name}-${version}-linux-x86_64.tar.gz`
  return `curl -fLO https://artifacts.elastic.co/downloads/${path}/${archive} && tar -xzf ${archive} --strip-components=1`
}

/** Where the other archives of a product are. */
export function otherSystems(path: string): string {
  return `The line that installs it is for Linux on x86-64. For another system, download it from https://www.elastic.co/downloads/${path}`
}
