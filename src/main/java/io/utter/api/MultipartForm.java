package io.utter.api;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.utter.error.UtterException.InvalidInput;
import jakarta.ws.rs.core.MediaType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a {@code multipart/form-data} body, which is in memory already. Nothing is written to disk. */
final class MultipartForm {
    private static final int MOST_PARTS = 64;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, List<byte[]>> files = new LinkedHashMap<>();

    private MultipartForm() {}

    /** Whether a body of this content type, which may be null, is one. */
    static boolean isType(String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, MediaType.MULTIPART_FORM_DATA, 0, MediaType.MULTIPART_FORM_DATA.length());
    }

    /** @throws InvalidInput if it is malformed, or gives a field of text twice */
    static MultipartForm read(String contentType, byte[] body) {
        if (!isType(contentType)) {
            throw new InvalidInput(JsonFields.BODY, "invalid_form", "The body must be sent as multipart/form-data.");
        }
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        MultipartForm form = new MultipartForm();
        HttpPostRequestDecoder decoder = null;
        try {
            decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request, StandardCharsets.UTF_8, MOST_PARTS, 0);
            for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
                form.add(part);
            }
            return form;
        } catch (InvalidInput e) {
            throw e;
        } catch (IOException | RuntimeException e) { // Netty's decoder has several for what cannot be decoded
            throw new InvalidInput(JsonFields.BODY, "invalid_form", "The body is not valid multipart/form-data.");
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private void add(InterfaceHttpData part) throws IOException {
        switch (part) {
            case FileUpload file -> files.computeIfAbsent(file.getName(), name -> new ArrayList<>()).add(file.get());
            case Attribute text when texts.containsKey(text.getName()) ->
                    throw new InvalidInput(text.getName(), "duplicate_field", text.getName() + " is given twice.");
            case Attribute text -> texts.put(text.getName(), text.getValue());
            default -> { }
        }
    }

    /** @throws InvalidInput if there is a part that is none of these */
    MultipartForm onlyWith(List<String> known) {
        for (String name : java.util.stream.Stream.concat(texts.keySet().stream(), files.keySet().stream()).toList()) {
            if (!known.contains(name)) {
                throw new InvalidInput(name, "unknown_field", "Unknown field %s. Known fields: %s.".formatted(name, String.join(", ", known)));
            }
        }
        return this;
    }

    Map<String, String> texts() {
        return texts;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isBlank());
    }

    List<byte[]> files(String name) {
        return files.getOrDefault(name, List.of());
    }

    /** The one file of that name. */
    byte[] file(String name) {
        List<byte[]> found = files(name);
        if (found.size() != 1) {
            throw new InvalidInput(name, found.isEmpty() ? "missing_field" : "duplicate_field",
                    found.isEmpty() ? name + " is missing: it is the recording, sent as a file." : name + " is given twice.");
        }
        return found.getFirst();
    }
}
