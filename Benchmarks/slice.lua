-- For wrk: prints what one slice measured as one JSON line.
-- With EXPECTED_BODY (a file) in the environment it also compares every answer; that costs wrk so much
-- that such a slice is for checking only, never for timing.

local path = os.getenv("EXPECTED_BODY")
local threads = {}

function setup(thread)
    threads[#threads + 1] = thread
end

if path then
    local file = assert(io.open(path, "rb"))
    local expected = file:read("*a")
    file:close()
    wrong = 0
    function response(status, _, body)
        if status ~= 200 or body ~= expected then wrong = wrong + 1 end
    end
end

function done(summary, latency)
    local wrong_answers = 0
    for _, thread in ipairs(threads) do
        wrong_answers = wrong_answers + (thread:get("wrong") or 0)
    end
    local e = summary.errors
    io.write(string.format(
        '{"requests":%d,"bytes":%d,"microseconds":%d,"p50":%d,"p99":%d,"errors":%d,"wrong":%d}\n',
        summary.requests, summary.bytes, summary.duration, latency:percentile(50),
        latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout, wrong_answers))
end
