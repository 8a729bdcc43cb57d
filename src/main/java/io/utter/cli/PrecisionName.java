package io.utter.cli;

import io.utter.importer.graph.Precision;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A precision as the manifest spells it. */
final class PrecisionName implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
        return Arrays.stream(Precision.values()).filter(precision -> precision.toString().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of "
                        + Arrays.stream(Precision.values()).map(Precision::toString).collect(Collectors.joining(", "))));
    }
}
