package io.utter.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.utter.error.UtterException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.function.Consumer;

/**
 * What clients of {@code api_v2.py} change for everybody, where the operator lets them. It lasts as long as the process, which is one of many.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ApiV2.Enabled
@Door.Keyed
public class ApiV2ControlResource {
    private final ApiV2 api;

    ApiV2ControlResource(ApiV2 api) {
        this.api = api;
    }

    @GET
    @Path("set_gpt_weights")
    public Response gptWeights(@QueryParam("weights_path") String path) {
        return changed(path, "gpt weight path is required", "change gpt weight failed", chosen -> api.choose(ApiV2Weights.Kind.GPT, chosen));
    }

    @GET
    @Path("set_sovits_weights")
    public Response sovitsWeights(@QueryParam("weights_path") String path) {
        return changed(path, "sovits weight path is required", "change sovits weight failed", chosen -> api.choose(ApiV2Weights.Kind.SOVITS, chosen));
    }

    @GET
    @Path("set_refer_audio")
    @Blocking
    @RunOnVirtualThread
    public Response referAudio(@QueryParam("refer_audio_path") String path) {
        return changed(path, "set refer audio failed", "set refer audio failed", api::chooseRecording);
    }

    /** Never: when processes begin and end is for the platform to say. */
    @GET
    @Path("control")
    public Response control(@QueryParam("command") String command) {
        return command == null || command.isEmpty() ? answer(400, "command is required", null)
                : answer(403, "the platform starts and stops this server, not its clients", null);
    }

    private Response changed(String path, String missing, String failed, Consumer<String> change) {
        if (!api.switching()) {
            return answer(403, "what all clients share cannot be changed here: UTTER_API_V2_SWITCHING=true allows it", null);
        }
        if (path == null || path.isEmpty()) {
            return answer(400, missing, null);
        }
        try {
            change.accept(path);
            return answer(200, "success", null);
        } catch (UtterException.InvalidInput e) {
            return answer(400, failed, e.getMessage());
        }
    }

    private static Response answer(int status, String message, String exception) {
        return Response.status(status).entity(new ApiV2Problem.Message(message, exception)).build();
    }
}
