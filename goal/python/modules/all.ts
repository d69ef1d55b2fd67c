// Imports every module written in TypeScript, so that each enters itself in the registry.
