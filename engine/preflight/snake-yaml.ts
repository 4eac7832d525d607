export function refuseWhatSnakeYamlRefuses(_text: string): void {}
