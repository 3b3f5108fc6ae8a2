// The files of Fixtures/ that the binary carries, taken in by C23 #embed.
//
// A new file gets an array here and a row in the table below; a test compares the table with the
// folders.
#include "CAssets.h"

static const unsigned char metadata_types[] = {
#embed "../../Fixtures/Metadata/types.json"
};
static const unsigned char metadata_directory_types[] = {
#embed "../../Fixtures/Metadata/directory-types.json"
};
static const unsigned char directories_microsoftentraid[] = {
#embed "../../Fixtures/Directories/MicrosoftEntraID.json"
};
static const unsigned char directories_microsoftentraidtarget[] = {
#embed "../../Fixtures/Directories/MicrosoftEntraIDTarget.json"
};
static const unsigned char identity_microsoftgraph[] = {
#embed "../../Fixtures/Identity/MicrosoftGraph.json"
};
static const unsigned char templates_scim[] = {
#embed "../../Fixtures/Templates/scim.json"
};
static const unsigned char templates_sfsandboxoutdelta[] = {
#embed "../../Fixtures/Templates/SfSandboxOutDelta.json"
};
static const unsigned char templates_dropboxscimoutdelta[] = {
#embed "../../Fixtures/Templates/DropboxSCIMOutDelta.json"
};
static const unsigned char templates_servicenowoutdelta[] = {
#embed "../../Fixtures/Templates/ServiceNowOutDelta.json"
};
static const unsigned char templates_workday2aad[] = {
#embed "../../Fixtures/Templates/Workday2AAD.json"
};
static const unsigned char templates_ad2aadprovisioning[] = {
#embed "../../Fixtures/Templates/AD2AADProvisioning.json"
};
static const unsigned char templates_api2aad[] = {
#embed "../../Fixtures/Templates/API2AAD.json"
};
static const unsigned char tenants_demo[] = {
#embed "../../Fixtures/Tenants/demo.json"
};
static const unsigned char tenants_none[] = {
#embed "../../Fixtures/Tenants/none.json"
};
static const unsigned char scim_schemas[] = {
#embed "../../Fixtures/SCIM/schemas.json"
};

#define FILE_ROW(name, array) {name, array, sizeof array}

static const cassets_file files[] = {
    FILE_ROW("Metadata/types.json", metadata_types),
    FILE_ROW("Metadata/directory-types.json", metadata_directory_types),
    FILE_ROW("Directories/MicrosoftEntraID.json", directories_microsoftentraid),
    FILE_ROW("Directories/MicrosoftEntraIDTarget.json", directories_microsoftentraidtarget),
    FILE_ROW("Identity/MicrosoftGraph.json", identity_microsoftgraph),
    FILE_ROW("Templates/scim.json", templates_scim),
    FILE_ROW("Templates/SfSandboxOutDelta.json", templates_sfsandboxoutdelta),
    FILE_ROW("Templates/DropboxSCIMOutDelta.json", templates_dropboxscimoutdelta),
    FILE_ROW("Templates/ServiceNowOutDelta.json", templates_servicenowoutdelta),
    FILE_ROW("Templates/Workday2AAD.json", templates_workday2aad),
    FILE_ROW("Templates/AD2AADProvisioning.json", templates_ad2aadprovisioning),
    FILE_ROW("Templates/API2AAD.json", templates_api2aad),
    FILE_ROW("Tenants/demo.json", tenants_demo),
    FILE_ROW("Tenants/none.json", tenants_none),
    FILE_ROW("SCIM/schemas.json", scim_schemas),
};

const cassets_file *cassets_files(size_t *count) {
    *count = sizeof files / sizeof *files;
    return files;
}
