package io.utter.cli;

import io.utter.importer.checkpoint.ModelVersion;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A generation as upstream spells it. */
final class Generation implements ITypeConverter<ModelVersion> {
    @Override
    public ModelVersion convert(String value) {
        return Arrays.stream(ModelVersion.values()).filter(version -> version.toString().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of "
                        + Arrays.stream(ModelVersion.values()).map(ModelVersion::toString).collect(Collectors.joining(", "))));
    }
}
