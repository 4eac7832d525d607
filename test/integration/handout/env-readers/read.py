import json
import sys

from dotenv import dotenv_values

print(json.dumps([dotenv_values(file).get("V") for file in sys.argv[1:]]))
