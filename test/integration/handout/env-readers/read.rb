require 'dotenv'
require 'json'

puts JSON.generate(ARGV.map { |file| Dotenv::Parser.call(File.read(file, encoding: 'UTF-8'))['V'] })
