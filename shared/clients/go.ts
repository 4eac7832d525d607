import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { jsonLiteral } from './literals.ts'

export function go(node: ClientNode): ClientSnippet {
  return {
    title: 'Go',
    ...usualSteps,
    install: `go mod init connect && go get github.com/elastic/go-elasticsearch/v${majorOf(node)}`,
    file: 'main.go',
    place: 'In an empty folder: the line above makes it a module. In a module of your own leave "go mod init" out.',
    run: 'go run .',
    language: 'go',
    trust: 'ca',
    code: program(node, { lines: `	ca, err := os.ReadFile(${jsonLiteral(node.caCertificate)})\n	if err != nil {\n		log.Fatal(err)\n	}\n`, setting: '		CACert:    ca,' }),
    checks: 'The whole chain up to this CA, and that the certificate names the host.',
    needs: caFile(node),
    other: {
      trust: 'fingerprint',
      code: program(node, { lines: '', setting: `		CertificateFingerprint: ${jsonLiteral(node.caFingerprint)},` }),
      checks:
        'That one of the certificates presented has this fingerprint, and nothing else: neither that the CA signed the others, nor the name of the host. A CA certificate is no secret, so a server in between can present it as well. Fit for a machine of your own; elsewhere use the file.',
      needs: [],
    },
    proved: 'run',
    notes: [],
  }
}

function program(node: ClientNode, trust: { lines: string; setting: string }): string {
  return `package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/elastic/go-elasticsearch/v${majorOf(node)}"
)

func main() {
${trust.lines}	// Straight to Elasticsearch, whatever proxy the environment names.
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil
	settings := elasticsearch.Config{
		Addresses: []string{${jsonLiteral(node.url)}},
		Transport: transport,
${trust.setting}
	}
	if key := os.Getenv("ELASTIC_API_KEY"); key != "" {
		settings.APIKey = key
	} else {
		settings.Username, settings.Password = "elastic", os.Getenv("ELASTIC_PASSWORD")
	}
	client, err := elasticsearch.NewClient(settings)
	if err != nil {
		log.Fatal(err)
	}
	answer, err := client.Info()
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.IsError() {
		log.Fatal(answer.String())
	}
	var info struct {
		Version struct {
			Number string \`json:"number"\`
		} \`json:"version"\`
	}
	if err := json.NewDecoder(answer.Body).Decode(&info); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Connected to Elasticsearch", info.Version.Number)
}
`
}
