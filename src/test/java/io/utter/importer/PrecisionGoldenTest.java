package io.utter.importer;

class PrecisionGoldenTest {}
