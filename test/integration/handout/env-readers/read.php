<?php
require 'Dotenv/autoload.php';

$value = function (string $file) {
    try {
        return Dotenv\Dotenv::parse(file_get_contents($file))['V'] ?? null;
    } catch (Throwable $refused) {
        return 'refused: ' . $refused->getMessage();
    }
};
echo json_encode(array_map($value, array_slice($argv, 1)));
