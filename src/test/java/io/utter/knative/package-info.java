/**
 * The server behind Knative's queue-proxy. {@link io.utter.knative.QueueProxyDouble} stands in for it. What it must do was measured on the
 * real one and is kept here, each case with the test that holds it to it:
 *
 * <table>
 * <caption>The golden table</caption>
 * <tr><th>case</th><th>seen</th><th>test in {@code QueueProxy*Test}; with our server in {@code BehindQueueProxyTest}</th></tr>
 * <tr><td>chunked response</td><td>each chunk is forwarded at once, and the head before the first</td>
 *     <td>aChunkPassesBeforeTheNextIsMade, theHeadOfAResponseInChunksPassesBeforeTheFirst; aChunkIsHeardBeforeTheNextIsMade</td></tr>
 * <tr><td>response with {@code Content-Length}</td><td>leaves 4096 bytes at a time</td><td>aBodyOfKnownLengthPilesUp</td></tr>
 * <tr><td>trailers</td><td>pass, announced or not</td><td>trailersPassAnnouncedOrNot; theTrailersSayThatAllOfItWasHeard</td></tr>
 * <tr><td>503 with {@code Retry-After} and a body from the application</td><td>passes untouched</td>
 *     <td>aRefusalOfTheApplicationPassesUntouched; ourOwnRefusalKeepsItsBodyAndItsRetryAfter</td></tr>
 * <tr><td>headers of the request</td><td>{@code Knative-Serving-*} removed, {@code X-Forwarded-For} extended, {@code Forwarded} made of
 *     the caller's {@code X-Forwarded-*}, {@code Connection: close} kept back</td>
 *     <td>knativesOwnHeadersAreRemoved, theCallersAddressIsAddedToTheHops, aClientsConnectionCloseIsItsOwn</td></tr>
 * <tr><td>overload</td><td>eleven times the concurrency is taken in and served in order of arrival; beyond it at once
 *     {@code 503 pending request queue full}, text/plain, no {@code Retry-After}</td>
 *     <td>elevenTimesTheConcurrencyIsTakenInAndTheRestRefused, whoWaitsIsServedInOrderOfArrival; whatOverflowsTheProxysQueueNeverReachesUs
 *     </td></tr>
 * <tr><td>client leaves while it waits</td><td>its place is free, the application never sees it</td>
 *     <td>aClientThatLeavesTheQueueIsNeverSeenByTheApplication; aClientThatLeavesTheQueueBeginsNoStream</td></tr>
 * <tr><td>client leaves midstream</td><td>the application's connection is closed</td>
 *     <td>aClientThatLeavesMidstreamClosesTheConnectionToTheApplication; aClientThatLeavesMidstreamCancelsItsStream</td></tr>
 * <tr><td>application dies midstream</td><td>the connection ends without a last chunk</td>
 *     <td>anApplicationThatDiesMidstreamLeavesNoCleanEnd; aStreamThatFailsMidwayIsNotWhole</td></tr>
 * <tr><td>application dies before its response</td><td>502</td><td>anApplicationThatDiesBeforeItsAnswerIsABadGateway</td></tr>
 * <tr><td>{@code timeoutSeconds} midstream</td><td>15 bytes {@code request timeout} in the body, a clean end, no trailers; the
 *     application's connection is closed</td>
 *     <td>theWallCutsAStreamAndEndsItAsIfItWereWhole; aStreamCutByTheWallEndsCleanlyAndIsNotComplete</td></tr>
 * <tr><td>{@code timeoutSeconds} before the response</td><td>504 {@code request timeout}</td>
 *     <td>theWallIsA504BeforeTheResponseBegins</td></tr>
 * <tr><td>{@code idleTimeoutSeconds}</td><td>the same in a gap, and before the first byte</td>
 *     <td>aGapLongerThanIdleCutsAStreamInTheSameWay, idleIsA504BeforeTheResponseBegins, aStreamWithoutGapsOutlivesIdle;
 *     aStreamCutInAPauseEndsCleanlyAndIsNotComplete, aStreamThatIsIdleFromTheStartIsA504AndIsCancelled</td></tr>
 * <tr><td>{@code responseStartTimeoutSeconds}</td><td>504 {@code request timeout}; no matter once the head was there</td>
 *     <td>aResponseThatDoesNotStartIsA504, aResponseThatHasStartedMayTakeItsTime; aStreamThatDoesNotStartIsA504AndIsCancelled</td></tr>
 * <tr><td>the clocks of a request that waits</td><td>run</td><td>theClocksRunInTheQueueToo</td></tr>
 * <tr><td>probe while the application starts</td><td>held until it is ready (tried every 50 ms), then 200 {@code queue}</td>
 *     <td>aProbeIsAnsweredWhenTheApplicationIsReady, aProbeThatDoesNotNameTheQueueIsABadRequest, probesTakeNoSlot;
 *     probesFindUsReady</td></tr>
 * <tr><td>SIGTERM</td><td>probes get 503 at once, requests are served, preStop returns 30 s after the last arrival, the proxy exits after
 *     its last request</td><td>aDrainFailsProbesAtOnceAndGoesOnServing, preStopReturnsAQuietPeriodAfterTheLastArrival,
 *     aStreamOutlivesPreStopAndTheProxyOutlivesTheStream; aStreamOutlivesTheProxysDrain</td></tr>
 * <tr><td>rehearsal of a pod's deletion, with the packaged server</td><td>streams that run complete, both processes exit</td>
 *     <td>{@code BehindQueueProxyIT}: aStreamOutlivesTheDeletionOfItsPod</td></tr>
 * </table>
 *
 * <p>Not reproduced: the latency the real one adds (0.36 ms, median), its metrics, its pool of connections to the application (the stand-in
 * opens one for each request), HTTP/2, upgrades, and request bodies that pass while they are still being sent.
 *
 * <p>The same tests run against the real one, in a network namespace of their own since it opens fixed ports:
 *
 * <pre>{@code
 * GOBIN=/tmp go install knative.dev/serving/cmd/queue@v0.46.0
 * unshare -n sh -c 'ip link set lo up; ./mvnw -o test "-Dtest=*QueueProxy*Test" -Dqueue-proxy.executable=/tmp/queue'
 * }</pre>
 */
package io.utter.knative;
