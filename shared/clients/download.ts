/** One line for sh that fetches a product of Elastic for Linux and unpacks it into the folder where it is run; on other systems its download page has the archive. */
export function download(path: string, name: string, version: string): string {
  const archive = `${name}-${version}-linux-x86_64.tar.gz`
  return `curl -fLO https://artifacts.elastic.co/downloads/${path}/${archive} && tar -xzf ${archive} --strip-components=1`
}
