// Reads the variable V of each file as Docker Compose ("compose") or godotenv does, and prints the values as JSON.
package main

import (
	"encoding/json"
	"os"

	compose "github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/joho/godotenv"
)

func main() {
	values := []string{}
	for _, file := range os.Args[2:] {
		values = append(values, read(file))
	}
	json.NewEncoder(os.Stdout).Encode(values)
}

func read(file string) string {
	var variables map[string]string
	var err error
	if os.Args[1] == "compose" {
		variables, err = compose.ReadWithLookup(os.LookupEnv, file)
	} else {
		variables, err = godotenv.Read(file)
	}
	if err != nil {
		return "refused: " + err.Error()
	}
	return variables["V"]
}
