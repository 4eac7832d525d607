// Reads the output of a Beat or an agent with their own libraries, and asks Elasticsearch who it is by it.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/elastic/elastic-agent-libs/transport/httpcommon"
	ucfg "github.com/elastic/go-ucfg"
	"github.com/elastic/go-ucfg/yaml"
)

type output struct {
	Hosts     []string                         `config:"hosts"`
	Username  string                           `config:"username"`
	Password  string                           `config:"password"`
	Transport httpcommon.HTTPTransportSettings `config:",inline"`
}

func main() {
	log.SetFlags(0)
	options := []ucfg.Option{ucfg.PathSep("."), ucfg.ResolveEnv, ucfg.VarExp}
	whole, err := yaml.NewConfigWithFile(os.Args[1], options...)
	check(err)
	part, err := whole.Child(os.Args[2], -1, options...)
	check(err)
	var out output
	check(part.Unpack(&out, options...))
	client, err := out.Transport.Client()
	check(err)
	request, err := http.NewRequest("GET", out.Hosts[0], nil)
	check(err)
	request.SetBasicAuth(out.Username, out.Password)
	answer, err := client.Do(request)
	check(err)
	body, err := io.ReadAll(answer.Body)
	check(err)
	fmt.Println(string(body))
	if answer.StatusCode != 200 {
		os.Exit(1)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
