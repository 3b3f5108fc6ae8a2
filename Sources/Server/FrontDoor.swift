// One address for all faces: who may come in, which tenant is meant, which face answers.

public import Control
public import Emulator
public import Graph
public import HTTP
import Identity
import Model
import SCIMTarget

/// The handler behind the listener.
public struct FrontDoor: HTTPHandler {
    private let tenants: Tenants
    private let graph: GraphFace
    private let control: ControlFace
    private let scim = SCIMFace()
    private let access: AccessRule
    private let identification: Identification?
    private let log: (@Sendable (RequestRecord) -> Void)?

    /// Joins the faces.
    ///
    /// - Parameters:
    ///   - tenants: the registry that requests find their tenant in.
    ///   - graph: the face below `/v1.0` and `/beta`.
    ///   - control: the face below `/_emulator`.
    ///   - access: from where requests are taken.
    ///   - identification: the token service and what reads tokens; nil for none.
    ///   - log: is told of each request that was answered; nil costs nothing.
    public init(
        tenants: Tenants, graph: GraphFace, control: ControlFace, access: AccessRule,
        identification: Identification? = nil,
        log: (@Sendable (RequestRecord) -> Void)? = nil
    ) {
        self.tenants = tenants
        self.graph = graph
        self.control = control
        self.access = access
        self.identification = identification
        self.log = log
    }

    /// Answers a request.
    public func reply(to request: HTTPRequest) -> HTTPReply {
        let reply = route(request)
        guard let log else { return reply }
        switch reply {
        case .now(let response):
            log(RequestRecord(request, response))
            return reply
        case .later(let work):
            return .later { answer in
                work { response in
                    log(RequestRecord(request, response))
                    answer(response)
                }
            }
        case .stream(let response, _):
            log(RequestRecord(request, response))
            return reply
        }
    }

    /// Words for what the listener refuses by itself, in Graph's shape.
    public func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse {
        graph.response(refusing: refusal, of: request)
    }

    private func route(_ request: HTTPRequest) -> HTTPReply {
        if let problem = access.problem(with: request) {
            return .now(
                graph.response(
                    refusing: request, status: 403, code: "Forbidden", message: problem))
        }
        let bearer = identification?.bearers.bearer(of: request)
        let address = TenantAddress(request, tokenTenant: bearer?.token?.tenant)
        guard let named = address.tenant else {
            return .now(
                graph.response(
                    refusing: request, status: 400, code: "BadRequest",
                    message: "The tenant identifier '\(address.name)' is no GUID."))
        }
        let known = Face(path: address.path)
        let token =
            known == .unknown && identification != nil ? TokenAddress(address.path) : nil
        let face = token == nil ? known : .identity
        let id = token?.tenantID ?? named
        guard face != .unknown else {
            return .now(graph.response(toUnknownPath: request))
        }
        if face == .root {
            guard ["GET", "HEAD"].contains(request.method) else {
                return .now(
                    graph.response(
                        refusing: request, status: 405, code: "Request_BadRequest",
                        message: "Specified HTTP method is not allowed for the request target."))
            }
            return .now(FrontDoor.welcome)
        }
        let tenant: Tenant
        do { tenant = try tenants.tenant(id) } catch EmulatorError.tooManyTenants(let limit) {
            return .now(
                graph.response(
                    refusing: request, status: 429, code: "TooManyRequests",
                    message: "This process serves at most \(limit) tenants; use one of them, or "
                        + "start another process."))
        } catch {
            return .now(
                graph.response(
                    refusing: request, status: 500, code: "InternalServerError",
                    message: "The tenant \(id) can't be opened."))
        }
        if face == .control {
            return control.reply(to: request, path: address.path, tenant: tenant)
        }
        return FaultGate(graph: graph, tenant: tenant, path: address.path).reply(to: request) {
            serve($0, face, address.path, tenant)
        }
    }

    /// What a face answers when nothing goes wrong.
    private func serve(
        _ request: HTTPRequest, _ face: Face, _ path: Substring, _ tenant: Tenant
    ) -> HTTPReply {
        let answer =
            switch face {
            case .scim: scim.reply(to: request, path: path, tenant: tenant)
            case .identity:
                identification?.service.reply(to: request, path: path, tenant: tenant.id)
            default: nil as HTTPReply?
            }
        // What a batch holds meets the same faults and the same journal as what comes alone.
        return answer
            ?? graph.reply(to: request, path: path, tenant: tenant) { inner, path in
                FaultGate(graph: graph, tenant: tenant, path: path).reply(to: inner) {
                    serve($0, face, path, tenant)
                }
            }
    }

    private static let welcome = HTTPResponse(
        fields: [HTTPField("Content-Type", "text/plain;charset=utf-8")],
        body: Array(
            """
            entrasync: a local emulator of the Microsoft Entra ID synchronization API
            /v1.0/servicePrincipals   Microsoft Graph, also below /beta
            /scim/{servicePrincipal}  the built-in SCIM 2.0 target
            /{tenant}/oauth2/v2.0     the token service
            /_emulator/info           what runs here
            /_emulator/clock          the tenant's time

            """.utf8))
}

/// The faces, told apart by the first segment of a path.
private enum Face {
    case graph, control, scim, identity, root, unknown

    init(path: Substring) {
        let slash = UInt8(ascii: "/")
        let first = Substring(path.utf8.drop { $0 == slash }.prefix { $0 != slash })
        switch first {
        case "v1.0", "beta": self = .graph
        case "_emulator": self = .control
        case "scim": self = .scim
        case "": self = .root
        default:
            // Version roots are read without case; that is rare enough to cost a copy.
            self = ["v1.0", "beta"].contains(first.lowercased()) ? .graph : .unknown
        }
    }
}

/// Which tenant a request means: the path's prefix, else the token's `tid`, else the header, else the
/// default one.
private struct TenantAddress {
    /// The tenant; nil when its name is no GUID.
    let tenant: GUID?
    /// The tenant as it was written.
    let name: String
    /// The path without the prefix.
    let path: Substring

    init(_ request: HTTPRequest, tokenTenant: GUID?) {
        let prefix = "/tenants/"
        guard request.path.hasPrefix(prefix) else {
            path = request.path[...]
            if let tokenTenant {
                name = tokenTenant.description
                tenant = tokenTenant
                return
            }
            name = request.value(of: "x-entrasync-tenant") ?? ""
            tenant = name.isEmpty ? Tenants.defaultID : GUID(parsing: name)
            return
        }
        let rest = request.path.dropFirst(prefix.count)
        let id = rest.prefix { $0 != "/" }
        name = String(id)
        tenant = GUID(parsing: id)
        path = rest.dropFirst(id.count)
    }
}
